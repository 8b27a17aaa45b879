import type { CallOutput } from '#shared/api.ts'
import type { Database } from '../database.ts'

/** Best, last and mean points of each trainee over all exercises that ended with points, best mean first. */
export async function readScores(database: Database): Promise<CallOutput<'practice.scores'>> {
  const rows = await database
    .selectFrom('practiceTrainee')
    .innerJoin('practiceRun', 'practiceRun.id', 'practiceTrainee.run')
    .select(['practiceTrainee.name', 'practiceTrainee.points', 'practiceRun.endedAt'])
    .where('practiceRun.state', '=', 'ended')
    .where('practiceTrainee.points', 'is not', null)
    .orderBy('practiceRun.endedAt')
    .execute()
  const people = new Map<string, { points: number; endedAt: number }[]>()
  for (const { name, points, endedAt } of rows) {
    const before = people.get(name) ?? []
    people.set(name, [...before, { points: points ?? 0, endedAt: endedAt ?? 0 }])
  }
  return [...people]
    .map(([name, results]) => {
      const points = results.map((result) => result.points)
      const last = results.at(-1)
      return {
        name,
        exercises: points.length,
        best: Math.max(...points),
        last: last?.points ?? 0,
        mean: Math.round(points.reduce((sum, value) => sum + value, 0) / points.length),
        lastAt: last?.endedAt ?? 0,
      }
    })
    .toSorted((a, b) => b.mean - a.mean || a.name.localeCompare(b.name))
}
