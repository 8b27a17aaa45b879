import { Failure, type FailureCode, type FailureParams } from '#shared/failures.ts'

/** Rejects with the Failure when the work has not ended after `ms`; the work itself is left to its own end. */
export function within<T>(work: Promise<T>, ms: number, code: FailureCode, params: FailureParams): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Failure(code, { ...params, timeoutMs: ms })), ms)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
