/** The compute worker's main file in a runtime that has no shared memory. */
Reflect.deleteProperty(globalThis, 'SharedArrayBuffer')

await import('#main/worker/entry')
