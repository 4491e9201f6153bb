/** Palette: colours by the names of the window's tokens. */
import { tokens, type Token } from './tokens.ts'

export type Palette = (token: Token) => string

/** Hues in the order in which neighbours differ most, for people who see few colours too. */
const order = ['hue-0', 'hue-5', 'hue-2', 'hue-4', 'hue-3', 'hue-6', 'hue-1', 'hue-7'] as const

/** The colour of a row of the comparison; guides, whose hue is below zero, are grey. */
export function hueOf(palette: Palette, hue: number): string {
  return palette(order[hue % order.length] ?? 'line-strong')
}

/** For texts that bring the tokens along as custom properties. */
export const variables: Palette = (token) => `var(--${token})`

/** For files that go into a paper. */
export const paper: Palette = (token) => tokens.light[token]
