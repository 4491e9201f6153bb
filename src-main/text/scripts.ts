/** Classes of characters, as they stand in regular expressions with the flag v. */

/** Letters of scripts that set no words apart by spaces. */
const unspacedOther = String.raw`[[\p{scx=Hira}\p{scx=Kana}\p{scx=Hani}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]&&\p{L}]`
export const unspaced = String.raw`[\p{Script=Han}${unspacedOther}]`

/** Characters that nobody sees. A byte order mark counts as white space instead, as it does in JavaScript. */
export const format = String.raw`[\p{Cf}--\ufeff]`

/** A letter or digit of a script that sets words apart, and what a word of it goes on with. */
export const letter = String.raw`[\p{L}--${unspaced}]`
export const initial = String.raw`[[\p{L}\p{N}]--${unspaced}]`
export const inner = String.raw`[[\p{L}\p{M}\p{N}\p{Cf}_]--[${unspaced}\ufeff]]`

/** Punctuation of the width of a Han character. */
export const wide = String.raw`[[\u3000-\u303f\uff00-\uffef]&&\p{P}]`
