import type { Stroke } from './overlay.ts'
import type { Scaffold } from './scaffold.ts'
import { isStepped, type Course } from './series.ts'

/** Courses as lines on the sheet over the plot, each from sample `first` on. */
export function strokesOf(courses: readonly Course[], first: (course: Course, i: number) => number, scaffold: Scaffold): Stroke[] {
  return courses.flatMap((course, i) => {
    const start = Math.max(0, first(course, i))
    const at = course.at.slice(start)
    if (at.length === 0) return []
    const height = scaffold.heightOf(course)
    return [
      {
        axis: scaffold.axisOf(course),
        at,
        height: course.value.slice(start).map((value) => (value === null ? null : height(value))),
        color: course.color,
        dash: course.dash,
        stepped: isStepped(course.point),
      },
    ]
  })
}
