/** J/(kg K). */
export const heatCapacity = 4186
/** kg/m³ of water at 70 °C; with the heat capacity 1.137 kWh/(m³ K), as heat meters in the supply count. */
export const density = 978
