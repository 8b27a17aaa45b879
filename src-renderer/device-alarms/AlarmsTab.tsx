import { ControllerAlarms } from './ControllerAlarms.tsx'
import { ControllerSettings } from './ControllerSettings.tsx'
import { DeviceRules } from './DeviceRules.tsx'
import { Maintenance } from './Maintenance.tsx'
import { Occurrences } from './Occurrences.tsx'
import { OpenAlarms } from './OpenAlarms.tsx'
import classes from './Device.module.css'

/** Alarms of one device: as they stand, as they came, by which rules, and what the controller itself calls an alarm. */
export function AlarmsTab() {
  return (
    <>
      <Maintenance />
      <div className={classes['grid']}>
        <div className={classes['column']}>
          <OpenAlarms />
          <Occurrences />
          <DeviceRules />
        </div>
        <div className={classes['column']}>
          <ControllerAlarms />
          <ControllerSettings />
        </div>
      </div>
    </>
  )
}
