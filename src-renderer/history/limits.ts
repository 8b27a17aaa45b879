import type { Stroke } from './overlay.ts'
import type { Marker } from './markers.ts'
import type { Scaffold } from './scaffold.ts'
import { isStepped, type Course } from './series.ts'

/** The limits that drawn values were held against, as thin dashed lines across [from, to], each once. */
export function limitsOf(
  marks: readonly Marker[],
  courses: readonly Course[],
  scaffold: Scaffold,
  { from, to }: { from: number; to: number },
): Stroke[] {
  const drawn = new Map(courses.filter(({ point }) => !isStepped(point)).map((course) => [course.point.series, course]))
  const lines = new Map<string, Stroke>()
  for (const mark of marks) {
    const limit = mark.kind === 'alarm' ? mark.limit : null
    const course = limit ? drawn.get(limit.series) : undefined
    if (!limit || !course) continue
    lines.set(`${limit.series} ${limit.value}`, {
      axis: scaffold.axisOf(course),
      at: [from, to],
      height: [limit.value, limit.value],
      color: course.color,
      dash: 'dot',
      stepped: false,
      width: 1.2,
    })
  }
  return [...lines.values()]
}
