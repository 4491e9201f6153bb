import type { ExactNumber } from './exact-number.ts'

/** Plain JSON values: what may be kept from a foreign file or cross between processes. */
export type Json = null | boolean | number | ExactNumber | string | readonly Json[] | { readonly [key: string]: Json }
