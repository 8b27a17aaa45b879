// The history worker with a defect that shows itself after some time, in every thread anew.
import '../../src-worker/history/worker.ts'

setTimeout(() => {
  throw new Error('a defect')
}, Number(process.env['CHAOS_CRASH_MS']))
