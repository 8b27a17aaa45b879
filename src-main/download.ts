/** A file as the answer to a request, made while it is sent. What fails before the first piece is told as any failure. */
export type Download = {
  /** File name as the browser keeps it. */
  name: string
  /** Media type. */
  type: string
  pieces: AsyncIterable<Uint8Array>
}
