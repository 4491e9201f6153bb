/** Books: their Markdown as a tree, and where their links lead. */
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { pictureOf, targetOf } from '#window/features/help/links.ts'
import { anchorOf, readInline, readMarkdown, type Block, type Inline } from '#window/features/help/markdown.ts'

const text = (words: string): Inline => ({ kind: 'text', text: words })

describe('Markdown', () => {
  it('is read block by block', () => {
    const blocks = readMarkdown(
      [
        '# A *b*',
        'one',
        'two',
        '',
        '- a',
        '  more',
        '- b',
        '  1. c',
        '',
        '```sh',
        '# no heading',
        '',
        '- no list',
        '```',
        '> said',
        '',
        '| x | `a|b` |',
        '|---|---|',
        '| 1 \\| 2 | |',
        '---',
      ].join('\n'),
    )
    expect(blocks).toEqual([
      { kind: 'heading', level: 1, id: 'a-b', children: [text('A '), { kind: 'emphasis', children: [text('b')] }] },
      { kind: 'paragraph', children: [text('one two')] },
      {
        ...{ kind: 'list', isOrdered: false },
        items: [
          [{ kind: 'paragraph', children: [text('a more')] }],
          [
            { kind: 'paragraph', children: [text('b')] },
            { kind: 'list', isOrdered: true, items: [[{ kind: 'paragraph', children: [text('c')] }]] },
          ],
        ],
      },
      { kind: 'code', text: '# no heading\n\n- no list' },
      { kind: 'quote', blocks: [{ kind: 'paragraph', children: [text('said')] }] },
      {
        kind: 'table',
        head: [[text('x')], [{ kind: 'code', text: 'a|b' }]],
        rows: [[[text('1 | 2')], []]],
      },
      { kind: 'rule' },
    ])
  })

  it('marks code, emphasis, links and pictures within a line, and nothing in code', () => {
    expect(readInline('`**a**` **b** [c `d`](e.md#f) ![g](h.webp) 2 * 3 * 4 snake_case_word \\*i\\*')).toEqual([
      { kind: 'code', text: '**a**' },
      text(' '),
      { kind: 'strong', children: [text('b')] },
      text(' '),
      { kind: 'link', to: 'e.md#f', children: [text('c '), { kind: 'code', text: 'd' }] },
      text(' '),
      { kind: 'picture', file: 'h.webp', alternative: 'g' },
      text(' 2 * 3 * 4 snake_case_word '),
      text('*'),
      text('i'),
      text('*'),
    ])
  })

  it('leaves HTML the text that it is', () => {
    expect(readMarkdown('<img src=x onerror=alert(1)>')).toEqual([
      { kind: 'paragraph', children: [text('<img src=x onerror=alert(1)>')] },
    ])
  })
})

describe('the books', () => {
  const docs = path.resolve(import.meta.dirname, '../../../docs')
  const books = globSync('**/*.md', { cwd: docs }).map((file) => ({
    name: file.replaceAll(path.sep, '/').replace(/\.md$/, ''),
    blocks: readMarkdown(readFileSync(path.join(docs, file), 'utf8')),
  }))

  const inlinesOf = (part: unknown): Inline[] =>
    Array.isArray(part)
      ? part.flatMap(inlinesOf)
      : typeof part === 'object' && part !== null
        ? [...('kind' in part ? [part as Inline] : []), ...Object.values(part).flatMap(inlinesOf)]
        : []

  it('link to books and headings that are there', () => {
    const broken = books.flatMap(({ name, blocks }) =>
      inlinesOf(blocks).flatMap((part) => {
        if (part.kind !== 'link') return []
        const target = targetOf(part.to, name)
        if (target.kind !== 'book') return []
        const other = books.find((book) => book.name === target.name)
        const ids = other?.blocks.flatMap((block: Block) => (block.kind === 'heading' ? [block.id] : [])) ?? []
        const isThere = other !== undefined && (target.anchor === '' || ids.includes(target.anchor))
        return isThere ? [] : [`${name}: ${part.to}`]
      }),
    )
    expect(broken).toEqual([])
    expect(books.length).toBeGreaterThan(10)
  })

  it('show pictures that are there, in both themes', () => {
    for (const { name, blocks } of books)
      for (const part of inlinesOf(blocks)) {
        if (part.kind !== 'picture') continue
        for (const theme of ['light', 'dark'] as const) {
          const file = `images/${pictureOf(part.file, name, theme)}.webp`
          expect(globSync(file, { cwd: docs }), `${name}: ${part.file}`).toEqual([path.normalize(file)])
        }
        expect(part.alternative.length, `${name}: ${part.file}`).toBeGreaterThan(20)
      }
  })
})

describe('a link of a book', () => {
  it.each([
    ['trust.md', { kind: 'book', name: 'guides/trust', anchor: '' }],
    ['../formats.md#brat', { kind: 'book', name: 'formats', anchor: 'brat' }],
    ['#here', { kind: 'book', name: 'guides/annotator', anchor: 'here' }],
    ['https://github.com/x', { kind: 'web', url: 'https://github.com/x' }],
    ['http://github.com/x', { kind: 'nowhere' }],
    ['javascript:alert(1)', { kind: 'nowhere' }],
    ['file:///etc/passwd.md', { kind: 'nowhere' }],
    ['//example.org/x.md', { kind: 'nowhere' }],
    ['../../README.md', { kind: 'nowhere' }],
    ['../espalier_client.py', { kind: 'nowhere' }],
  ])('%s leads to %o', (link, target) => expect(targetOf(link, 'guides/annotator')).toEqual(target))

  it('names a heading as GitHub does', () => {
    expect(anchorOf('What it does, and *why*')).toBe('what-it-does-and-why')
  })

  it('shows pictures of docs/images alone, in the theme of the window', () => {
    expect(pictureOf('../images/annotate-light.webp', 'guides/annotator', 'dark')).toBe('annotate-dark')
    expect(pictureOf('images/plain.webp', 'formats', 'dark')).toBe('plain')
    expect(pictureOf('https://example.org/images/x.webp', 'formats', 'dark')).toBeNull()
    expect(pictureOf('../../images/x.webp', 'guides/annotator', 'dark')).toBeNull()
  })
})
