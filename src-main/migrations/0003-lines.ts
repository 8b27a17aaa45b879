/** Devices on any way: serial lines, meters, OPC UA, gateways. `line` is JSON of what the way needs beyond its columns. */
export const lines = `
ALTER TABLE device ADD COLUMN way TEXT NOT NULL DEFAULT 'modbus-tcp';
ALTER TABLE device ADD COLUMN member TEXT NOT NULL DEFAULT '';
ALTER TABLE device ADD COLUMN line TEXT NOT NULL DEFAULT '{}';
ALTER TABLE device ADD COLUMN secret TEXT;
DROP INDEX deviceAddress;
CREATE UNIQUE INDEX deviceAddress ON device (way, host, port, unit, member) WHERE removedAt IS NULL;
`
