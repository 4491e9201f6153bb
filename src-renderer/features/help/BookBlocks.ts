/** Draws the blocks of a book. Its text never becomes HTML: every element is made here. */
import { defineComponent, h, type PropType, type VNode, type VNodeChild } from 'vue'
import { RouterLink } from 'vue-router'
import { targetOf } from './links.ts'
import type { Block, Inline } from './markdown.ts'
import BookPicture from './BookPicture.vue'

export const BookBlocks = defineComponent({
  props: {
    blocks: { type: Array as PropType<readonly Block[]>, required: true },
    /** Name of the book, from which its links lead on. */
    book: { type: String, required: true },
  },
  setup: (props) => () => props.blocks.map((block) => drawBlock(block, props.book)),
})

function drawBlock(block: Block, book: string): VNode {
  const inline = (children: readonly Inline[]): VNodeChild[] => children.map((child) => drawInline(child, book))
  const within = (blocks: readonly Block[]): VNode[] => blocks.map((each) => drawBlock(each, book))
  switch (block.kind) {
    case 'heading':
      return h(`h${Math.min(6, block.level)}`, { id: `book-${block.id}`, tabindex: -1 }, inline(block.children))
    case 'paragraph':
      return h('p', inline(block.children))
    case 'quote':
      return h('blockquote', within(block.blocks))
    case 'list':
      return h(
        block.isOrdered ? 'ol' : 'ul',
        block.items.map((item) => h('li', drawItem(item, within, inline))),
      )
    case 'code':
      return h('pre', { tabindex: 0 }, h('code', block.text))
    case 'rule':
      return h('hr')
    case 'table':
      return h('div', { class: 'table', tabindex: 0 }, [
        h('table', [
          h(
            'thead',
            h(
              'tr',
              block.head.map((cell) => h('th', { scope: 'col' }, inline(cell))),
            ),
          ),
          h(
            'tbody',
            block.rows.map((row) =>
              h(
                'tr',
                row.map((cell) => h('td', inline(cell))),
              ),
            ),
          ),
        ]),
      ])
  }
}

/** An item of one paragraph has no space around it. */
function drawItem(
  item: readonly Block[],
  within: (blocks: readonly Block[]) => VNode[],
  inline: (children: readonly Inline[]) => VNodeChild[],
): VNodeChild[] {
  const [first, ...rest] = item
  return first?.kind === 'paragraph' ? [...inline(first.children), ...within(rest)] : within(item)
}

function drawInline(part: Inline, book: string): VNodeChild {
  switch (part.kind) {
    case 'text':
      return part.text
    case 'code':
      return h('code', part.text)
    case 'strong':
      return h(
        'strong',
        part.children.map((child) => drawInline(child, book)),
      )
    case 'emphasis':
      return h(
        'em',
        part.children.map((child) => drawInline(child, book)),
      )
    case 'picture':
      return h(BookPicture, { file: part.file, alternative: part.alternative, book })
    case 'link': {
      const target = targetOf(part.to, book)
      const children = part.children.map((child) => drawInline(child, book))
      if (target.kind === 'web') return h('a', { href: target.url, target: '_blank', rel: 'noopener' }, children)
      if (target.kind === 'nowhere') return h('span', children)
      const query = target.anchor === '' ? {} : { at: target.anchor }
      return h(RouterLink, { to: { path: `/help/${target.name}`, query } }, () => children)
    }
  }
}
