import type { Trace } from './driver.ts'
import type { ByteChannel } from './mbus-channel.ts'

/** A channel that also tells what passes. */
export function traced(channel: ByteChannel, trace: Trace | undefined): ByteChannel {
  if (!trace) return channel
  const heard: ByteChannel = {
    ...channel,
    write(bytes) {
      trace('sent', bytes)
      channel.write(bytes)
    },
  }
  channel.onData = (bytes) => {
    trace('received', bytes)
    heard.onData(bytes)
  }
  channel.onClose = (failure) => heard.onClose(failure)
  return heard
}
