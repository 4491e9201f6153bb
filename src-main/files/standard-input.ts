/** Standard input as a Source that gives every piece when it comes, be it one line; what is packed is unpacked. */
import type { Source } from '#main/core/source'
import { packingOf } from './magic.ts'
import { unpacked } from './packed.ts'

/** It can be opened once. */
export function standardInput(stream: AsyncIterable<Uint8Array> = process.stdin): Source {
  const source = { name: 'stdin', size: null, beside: () => null }
  return {
    ...source,
    async *open(signal) {
      const pieces = stream[Symbol.asyncIterator]()
      const first = await pieces.next()
      if (first.done) return
      async function* all(): AsyncGenerator<Uint8Array> {
        yield first.value
        yield* { [Symbol.asyncIterator]: () => pieces }
      }
      // only the first piece is looked at: to wait for a second one may be to wait for long
      if (packingOf(first.value) === null) yield* all()
      else yield* unpacked({ ...source, open: all }).open(signal)
    },
  }
}
