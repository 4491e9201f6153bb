/** The parts of WebAssembly that we use. TypeScript declares it only together with the browser's DOM. */
declare namespace WebAssembly {
  interface Memory {
    readonly buffer: ArrayBuffer
  }
  class Module {
    constructor(bytes: Uint8Array)
  }
  class Instance {
    constructor(module: Module, imports: { readonly env: { readonly memory: Memory } })
    readonly exports: object
  }
  function validate(bytes: Uint8Array): boolean
}
