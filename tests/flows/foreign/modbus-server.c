/* A Modbus server made with libmodbus: one unit with 300 holding registers (7 times their address), input registers, coils and
   discrete inputs.
   Usage: modbus-server tcp PORT, or modbus-server serial PATH UNIT */
#include <errno.h>
#include <modbus/modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COUNT 300

int main(int argc, char **argv) {
  uint8_t query[MODBUS_TCP_MAX_ADU_LENGTH];
  int serial = argc > 3 && strcmp(argv[1], "serial") == 0;
  if (argc < 3) return 2;
  modbus_t *modbus = serial ? modbus_new_rtu(argv[2], 19200, 'E', 8, 1) : modbus_new_tcp("127.0.0.1", atoi(argv[2]));
  modbus_mapping_t *map = modbus_mapping_new(COUNT, COUNT, COUNT, COUNT);
  if (!modbus || !map) return 1;
  for (int i = 0; i < COUNT; i++) {
    map->tab_registers[i] = (uint16_t)(i * 7);
    map->tab_input_registers[i] = (uint16_t)(0x8000 + i);
    map->tab_bits[i] = i % 3 == 0;
    map->tab_input_bits[i] = i % 2 == 1;
  }
  if (serial) {
    modbus_set_slave(modbus, atoi(argv[3]));
    if (modbus_connect(modbus) < 0) return perror("connect"), 1;
  }
  int listener = serial ? -1 : modbus_tcp_listen(modbus, 1);
  if (!serial && listener < 0) return perror("listen"), 1;
  for (;;) {
    if (!serial && modbus_tcp_accept(modbus, &listener) < 0) return perror("accept"), 1;
    for (;;) {
      int length = modbus_receive(modbus, query);
      if (length > 0) modbus_reply(modbus, query, length, map);
      else if (length < 0 && !serial) break;
      else if (length < 0 && errno != EMBBADCRC && errno != ETIMEDOUT) usleep(10000);
    }
    modbus_close(modbus);
  }
}
