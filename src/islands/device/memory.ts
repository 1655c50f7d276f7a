/** The device's memory in bytes; null where the browser does not tell, or tells only "8 GiB at least". */
export function memoryHere(): number | null {
  const { deviceMemory } = navigator as Navigator & { readonly deviceMemory?: number };
  return deviceMemory === undefined || deviceMemory >= 8 ? null : deviceMemory * 2 ** 30;
}
