/** Plain JSON values: what may be kept from a foreign file or cross between processes. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
