/** Natural order of names: "doc-2" before "doc-10". */

const digits = 16

/** A text whose order by code units is the natural order of the names, without regard to case; numbers of up to 16 digits count. */
export function naturalKey(name: string): string {
  return `${name.toLowerCase().replace(/\d+/g, (number) => number.padStart(digits, '0'))}\0${name}`
}
