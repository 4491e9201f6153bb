/** A place whose drawing failed: it is left alone until the person tries again or goes elsewhere. */
import { onErrorCaptured, shallowRef, type ShallowRef } from 'vue'
import type { Router } from 'vue-router'

/**
 * What Vue says of failures after which a component cannot be seen: of its setup, its drawing and its renewal. A built program
 * has numbers for them, other programs words. After other failures, as of a click, the place still stands.
 */
const fatal = /^(setup function|render function|component update)$|#runtime-(0|1|15)$/

/** The error with which the present place failed; null while it stands. */
export function useFailedPlace(router: Router): ShallowRef<Error | null> {
  const failed = shallowRef<Error | null>(null)
  onErrorCaptured((error, _, information) => {
    if (!fatal.test(information)) return
    failed.value = error
    reportError(error)
    return false
  })
  router.afterEach(() => (failed.value = null))
  return failed
}
