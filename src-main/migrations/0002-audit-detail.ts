/** What came of a change beyond its result, as JSON: for a setting the value before, asked for and found. */
export const auditDetail = `
ALTER TABLE audit ADD COLUMN detail TEXT;
CREATE INDEX auditSubject ON audit (subject, kind, id);
`
