/** Grid of a sentence: its scene, kept up to date with as little work as a change asks for. */
import { computed, type Ref } from 'vue'
import type { SentenceView } from '#main/api/annotations'
import { sizePx, spacingPx } from '#main/core/reading'
import type { LabelForm } from '#main/document/arc-layout'
import type { TokenText } from '#main/document/token-text'
import { allArcs, calmArcs, densestArcs, focusArcs } from './focus.ts'
import { arcItems, arcLabel, keepEqualArcs, markItems, type ArcItem } from '#window/features/annotate/editor/items.ts'
import { assignLanes, raiseChosen } from './lanes.ts'
import { layerMarks } from './layer-marks.ts'
import { layerStripCount, predictionStripCount } from './strips.ts'
import { placeMarks } from './marks.ts'
import type { AnnotateContext } from '#window/features/annotate/annotate-context.ts'
import { createCutter } from './cut.ts'
import { useElementWidth, useMeasures, useSeenPart } from './measure.ts'
import { breakWithGutter, buildScene, linesBetween, type Scene } from './scene.ts'
import { useSettingsStore } from '#window/stores/settings.ts'
import { isSameTarget } from '#window/features/annotate/input/selection.ts'
import { encodeGold } from '#window/features/annotate/editor/tag-edit.ts'

const noArcs: readonly ArcItem[] = []

interface GridContent {
  readonly view: SentenceView
  readonly tokens: readonly TokenText[]
}

interface GridElements {
  readonly surface: Ref<HTMLElement | null>
  readonly wordSample: Ref<HTMLElement | null>
  readonly labelSample: Ref<HTMLElement | null>
}

export function useGridScene(
  {
    desk,
    wantsAllArcs: wantsAll,
    layers: { shown: layer, differences, chosen: chosenDifference },
  }: Pick<AnnotateContext, 'desk' | 'layers' | 'wantsAllArcs'>,
  content: GridContent,
  { surface, wordSample, labelSample }: GridElements,
) {
  const settings = useSettingsStore()
  const width = useElementWidth(surface)
  const { measureWord, measureLabel } = useMeasures(wordSample, labelSample)

  // one by one, so that a move of the caret alone lays out nothing again
  const annotation = computed(() => desk.value.annotation)
  const suggestions = computed(() => desk.value.suggestions)
  const labels = computed(() => desk.value.labels)
  const words = computed(() => desk.value.context.words)
  /** A prediction with tags; what a layer suggests has none. */
  const prediction = computed(() => (content.view.prediction?.tags.length ? content.view.prediction : null))

  const isTyped = computed(() => labels.value.entityTypes.length > 1)
  const gold = computed(() => encodeGold(annotation.value, content.tokens.length, labels.value))
  const places = computed(() => content.view.tokens)
  const cut = computed(() => createCutter(words.value, places.value, measureWord.value))
  const marks = computed(() => markItems(annotation.value, suggestions.value, cut.value))
  const chosenMark = computed(
    () => marks.value.find(({ target }) => isSameTarget(target, desk.value.selection.target))?.id ?? null,
  )
  const lanes = computed(() => assignLanes(marks.value))
  /** The very map of `lanes` while what is chosen is in sight, so that choosing lays out nothing again. */
  const laneOf = computed(() => raiseChosen(marks.value, lanes.value, chosenMark.value))
  let formerArcs: ReadonlyMap<string, ArcItem> = new Map()
  const everyArc = computed(() => {
    const items = keepEqualArcs(
      arcItems(annotation.value, suggestions.value, { words: words.value, tokens: places.value }),
      formerArcs,
    )
    formerArcs = new Map(items.map((item) => [item.id, item]))
    return items
  })
  /** Of the labels that stand at present; another function once the font or an arc has changed. */
  const measureArc = computed(() => {
    const measure = measureLabel.value
    return (id: string, form: LabelForm): number => {
      const arc = formerArcs.get(id)
      return arc ? Math.min(measure(arcLabel(arc, form)) + 14, 240) : 0
    }
  })
  const text = computed(() => ({
    words: content.tokens,
    width: Math.max(width.value, 120),
    measureWord: measureWord.value,
  }))
  const broken = computed(() => breakWithGutter(text.value))
  const isDense = computed(() => everyArc.value.length > densestArcs)
  const lineOfMark = computed(() => {
    const lineOfToken = broken.value.lines.flatMap(({ cells }, line) => cells.map(() => line))
    return new Map(marks.value.map(({ id, start }) => [id, lineOfToken[start]]))
  })
  const focused = computed(() => {
    const chosen = { target: desk.value.selection.target, mark: chosenMark.value }
    if (wantsAll.value) return allArcs(everyArc.value)
    if (isDense.value) return focusArcs(everyArc.value, chosen)
    return calmArcs(everyArc.value, (mark) => lineOfMark.value.get(mark), chosen)
  })
  /** Number of arcs that are drawn when all are asked for, besides those that are drawn at present. */
  const undrawn = computed(() => everyArc.value.length - focused.value.arcs.length)
  /** Arcs that lines have room for. What is drawn while something is chosen must not move the words. */
  const reserved = computed(() => {
    if (wantsAll.value) return everyArc.value
    return isDense.value ? noArcs : everyArc.value.filter(({ kind }) => kind === 'gold')
  })

  const predictionStrips = computed(() =>
    predictionStripCount(prediction.value, desk.value.suggester?.origin === 'run'),
  )
  const layerItems = computed(() =>
    layer.value ? layerMarks(layer.value, differences.value, chosenDifference.value, cut.value) : [],
  )
  const layerMarkById = computed(() => new Map(layerItems.value.map((item) => [item.id, item])))
  const layerStrips = computed(() => layerStripCount(content.view.layers))
  const layerPieces = computed(() =>
    placeMarks(layerItems.value, broken.value.lines, assignLanes(layerItems.value)).map((line) =>
      line.filter(({ lane }) => lane < layerStrips.value),
    ),
  )
  let formerScene: Scene | null = null
  const scene = computed(() => {
    const input = {
      ...text.value,
      marks: marks.value,
      laneOf: laneOf.value,
      relations: focused.value.arcs,
      reserved: reserved.value,
      strips: predictionStrips.value,
      layerStrips: layerStrips.value,
      wordHeight: sizePx[settings.reading.size].row,
      lineGap: spacingPx[settings.reading.spacing],
      measureLabel: measureArc.value,
    }
    formerScene = buildScene(input, broken.value, formerScene)
    return formerScene
  })

  // only what is near the window is drawn, and the line of the caret, which the focus must find
  const seen = useSeenPart(surface)
  const shown = computed(() => linesBetween(scene.value, seen.value.top, seen.value.bottom))
  const shownLines = computed(() => {
    const { from, to } = shown.value
    const { caret } = desk.value.selection
    return scene.value.lines.flatMap((line, index) => {
      const first = line.cells[0]?.token ?? 0
      const hasCaret = first <= caret && caret < first + line.cells.length
      return (from <= index && index <= to) || hasCaret ? [{ line, index }] : []
    })
  })

  return {
    ...{ width, annotation, labels, words, places, prediction, isTyped, gold, marks, chosenMark, cut },
    ...{ undrawn, focused, scene, shown, shownLines, layerMarkById, layerPieces },
  }
}
