/** The labels of a graph: those of nodes on the side away from the centre, and none that would stand over another one. */
import type { EdgeLabelDrawingFunction, NodeLabelDrawingFunction } from 'sigma/rendering'

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Tells whether a label has room, and keeps its place where it has. */
export interface LabelRoom {
  take(box: Box): boolean
  /** Forgets all places, before a new drawing. */
  clear(): void
}

export function createLabelRoom(): LabelRoom {
  let taken: Box[] = []
  const overlaps = (a: Box, b: Box): boolean =>
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
  return {
    take(box) {
      if (taken.some((other) => overlaps(box, other))) return false
      taken.push(box)
      return true
    },
    clear: () => void (taken = []),
  }
}

export interface LabelStyle {
  readonly font: string
  readonly ink: string
  readonly quietInk: string
  /** The colour behind the drawing: letters have a rim of it, so that lines behind them do not cross them. */
  readonly surface: string
}

const height = 16

/** @param middle the x of the middle of the drawing, in its pixels: labels left of it end at their node. */
export function nodeLabels(room: LabelRoom, style: LabelStyle, middle: () => number): NodeLabelDrawingFunction {
  return (context, { x, y, size, label, color: _ }) => {
    if (typeof label !== 'string' || label === '') return
    context.font = `500 13px ${style.font}`
    const { width } = context.measureText(label)
    const isLeft = x < middle() - 1
    const from = isLeft ? x - size - 4 - width : x + size + 4
    if (room.take({ x: from, y: y - height / 2, width, height })) write(context, label, from, y + 4, style, style.ink)
  }
}

/** Relations are written level in the middle of their edges. */
export function edgeLabels(room: LabelRoom, style: LabelStyle): EdgeLabelDrawingFunction {
  return (context, { label }, source, target) => {
    if (typeof label !== 'string' || label === '') return
    context.font = `11px ${style.font}`
    const { width } = context.measureText(label)
    const [x, y] = [(source.x + target.x) / 2 - width / 2, (source.y + target.y) / 2]
    if (room.take({ x, y: y - 7, width, height: 14 })) write(context, label, x, y + 4, style, style.quietInk)
  }
}

function write(
  context: CanvasRenderingContext2D,
  label: string,
  x: number,
  y: number,
  { surface }: LabelStyle,
  ink: string,
): void {
  context.lineJoin = 'round'
  context.lineWidth = 4
  context.strokeStyle = surface
  context.strokeText(label, x, y)
  context.fillStyle = ink
  context.fillText(label, x, y)
}
