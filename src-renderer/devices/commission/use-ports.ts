import { useCall } from '../../host.ts'

/** Paths of the serial ports of the machine that Hearthgrid runs on. None while they are not known, and then they can be typed. */
export function usePorts(): { paths: string[] } {
  const { data } = useCall('acquisition.ports', {})
  return { paths: (data?.ports ?? []).map(({ path }) => path) }
}
