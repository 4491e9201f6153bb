/** What a machine can check of accessibility: every rule of WCAG 2 A and AA. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const rulesOfWcag = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa'] } as const
/** The rules whose answer depends on the theme. */
const rulesOfColours = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } as const

/** Every rule in the light theme, those of colours in the dark one too; leaves the page in the dark theme. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.locator(`html[data-theme=${colorScheme}]`).waitFor()
    const violations = await violationsOf(page, colorScheme === 'light' ? rulesOfWcag : rulesOfColours)
    expect(violations.map((violation) => `${colorScheme} ${violation}`)).toEqual([])
  }
}

/** Every rule in the theme that the page has. */
export async function expectAccessibleAsShown(page: Page): Promise<void> {
  expect(await violationsOf(page, rulesOfWcag)).toEqual([])
}

/** The page itself does all the work, and keeps the program that does it: a page has no frames of other origins. */
async function violationsOf(
  page: Page,
  runOnly: typeof rulesOfWcag | typeof rulesOfColours,
): Promise<readonly string[]> {
  const isThere = await page.evaluate(() => 'axe' in window)
  const builder = new AxeBuilder({ page, ...(isThere && { axeSource: 'void 0' }) }).setLegacyMode()
  const options = { runOnly: { type: runOnly.type, values: [...runOnly.values] }, resultTypes: ['violations' as const] }
  const { violations } = await builder.options(options).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  )
}
