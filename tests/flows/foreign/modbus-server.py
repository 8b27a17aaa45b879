# A Modbus server made with pymodbus: units, each with 300 holding registers (7 times their address), input registers,
# coils and discrete inputs.
# Usage: modbus-server.py tcp|rtu-tcp PORT UNIT,UNIT..., or serial PATH UNIT,UNIT...
import asyncio
import sys

try:
    from pymodbus.datastore import ModbusDeviceContext as Context

    units_word = "devices"
except ImportError:
    from pymodbus.datastore import ModbusSlaveContext as Context

    units_word = "slaves"
from pymodbus.datastore import ModbusSequentialDataBlock as Block
from pymodbus.datastore import ModbusServerContext
from pymodbus.server import StartTcpServer

try:
    from pymodbus.server import ModbusSerialServer
except ImportError:
    from pymodbus.server.async_io import ModbusSerialServer

try:
    from pymodbus import FramerType

    rtu = FramerType.RTU
except ImportError:
    from pymodbus.transaction import ModbusRtuFramer as rtu


def unit():
    # Blocks count from 1, as the addresses of the context do.
    return Context(
        hr=Block(1, [i * 7 for i in range(300)]),
        ir=Block(1, [0x8000 + i for i in range(300)]),
        co=Block(1, [i % 3 == 0 for i in range(300)]),
        di=Block(1, [i % 2 == 1 for i in range(300)]),
    )


way, where, units = sys.argv[1:4]
context = ModbusServerContext(**{units_word: {int(number): unit() for number in units.split(",")}, "single": False})


async def serve():
    # A port without hardware takes no parity.
    server = ModbusSerialServer(context, framer=rtu, port=where, baudrate=19200, parity="N", stopbits=1, ignore_missing_slaves=True)
    # Version 3.0 opens the port only here.
    if hasattr(server, "start"):
        await server.start()
    await server.serve_forever()


if way == "serial":
    asyncio.run(serve())
else:
    StartTcpServer(context=context, address=("127.0.0.1", int(where)), **({"framer": rtu} if way == "rtu-tcp" else {}))
