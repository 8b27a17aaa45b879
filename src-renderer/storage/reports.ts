import { Failure, isFailureReport } from '#shared/failures.ts'
import { useFailureText, type Told } from '../words.ts'

/** The words for a failure that an answer tells about something that ended earlier. */
export function useReportText(): (report: { code: string; params: Record<string, string | number | boolean> }) => Told {
  const tell = useFailureText()
  return (report) => tell(isFailureReport(report) ? new Failure(report.code, report.params) : null)
}
