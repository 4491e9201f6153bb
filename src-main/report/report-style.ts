/** The style of a report: the window's colours in both themes, light on paper. */
import { tokens } from '#main/charts/tokens'

const properties = (theme: Readonly<Record<string, string>>): string =>
  Object.entries(theme)
    .map(([name, value]) => `--${name}: ${value};`)
    .join(' ')

export const reportStyle = `
:root { color-scheme: light dark; ${properties(tokens.light)} }
@media screen and (prefers-color-scheme: dark) { :root { ${properties(tokens.dark)} } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--ink); font: 15px/1.55 system-ui, 'Segoe UI', Helvetica, Arial, sans-serif; }
main { max-width: 1040px; margin: 0 auto; padding: 32px 24px 64px; }
h1 { margin: 0 0 4px; font-size: 26px; line-height: 1.25; }
h2 { margin: 40px 0 12px; font-size: 19px; }
h3, h4, h5 { margin: 20px 0 8px; font-size: 15px; }
p { max-width: 84ch; margin: 0 0 8px; }
.quiet, .facts, figcaption + p, .note { color: var(--ink-2); }
.table { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
caption { padding: 0 0 8px; font-weight: 600; text-align: start; }
caption:empty { display: none; }
th, td { padding: 6px 8px; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; }
thead th { border-bottom-color: var(--line-strong); color: var(--ink-2); font-size: 12px; font-weight: 500; }
tbody th { font-weight: 500; }
.figure { text-align: end; white-space: nowrap; }
.reference > * { color: var(--ink-2); font-style: italic; font-weight: 400; }
figure { margin: 0 0 24px; padding: 16px; border: 1px solid var(--line); border-radius: 12px; background: var(--surface); break-inside: avoid; }
figcaption { margin-bottom: 8px; font-weight: 600; }
figure svg { display: block; width: 100%; height: auto; }
figure p { font-size: 13px; }
details { margin: 4px 0; }
summary { width: max-content; max-width: 100%; color: var(--ink-2); font-size: 13px; cursor: pointer; }
pre { margin: 8px 0; padding: 12px; overflow: auto; border-radius: 8px; background: var(--sunken); font-size: 12px; }
blockquote { margin: 0 0 8px; padding-inline-start: 12px; border-inline-start: 3px solid var(--line-strong); color: var(--ink-2); }
.sentence { margin: 0 0 12px; padding: 12px; border: 1px solid var(--line); border-radius: 8px; background: var(--surface); break-inside: avoid; }
.found { table-layout: fixed; }
.found th:nth-child(2) { width: 56px; }
.found th:nth-child(n + 3) { width: 130px; white-space: normal; overflow-wrap: anywhere; }
.sentence p { margin: 0 0 6px; }
.kind { font-weight: 600; font-size: 13px; color: var(--ink-2); }
.wrong { color: var(--danger); }
ol.works { padding-inline-start: 20px; }
@media print {
  :root { color-scheme: light; }
  body { background: none; font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  h2 { break-after: avoid; }
  summary, .source, .figures { display: none; }
  details::details-content { content-visibility: visible; height: auto; }
}
`
