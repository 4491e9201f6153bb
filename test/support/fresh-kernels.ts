/** Before any test: the kernels, where a source is newer than its build. */
export async function setup(): Promise<void> {
  await import('#main/kernels/build')
}
