/** The bench's one table: a row per workload, backend and number of threads, with ratios to the peer or to plain. */
import { peerName, plainName, type Contestant } from './contestants.ts'
import { least, median, ratioOf } from './figures.ts'
import { labelOf, type Result } from './interleave.ts'
import type { Workload } from './workload.ts'

export interface WorkloadResults {
  readonly workload: Workload
  readonly results: readonly Result[]
}

type Row = readonly string[]

export interface Table {
  readonly head: Row
  readonly rows: readonly Row[]
  /** Where each contestant computed, in its own words, or why it stopped. */
  readonly notes: readonly string[]
}

const figuresHead = ['workload', 'backend', 'threads', 'ms/step', 'best', 'sentences/s', 'peak MB']
const peerHead = ['step / decomposed', 'step / concatenated', 'read / decomposed']
const plainHead = ['step / plain', 'read / plain']

/** With a peer in it, ratios are to the peer with as many threads; else to plain on one thread. */
export function makeTable(all: readonly WorkloadResults[]): Table {
  const hasPeer = all.some(({ results }) => results.some(isPeer))
  const rows = all.flatMap(({ workload, results }) =>
    results.map((result) => [
      workload.name,
      ...figuresOf(result),
      ...(hasPeer ? peerRatios(result, results) : plainRatios(result, results)),
    ]),
  )
  const notes = all.flatMap(({ workload, results }) =>
    results.flatMap(({ contestant, device, failure }) => [
      ...(device === null ? [] : [`${labelOf(contestant)}: ${device}`]),
      ...(failure === null ? [] : [`${labelOf(contestant)} stopped in ${workload.name}: ${failure}`]),
    ]),
  )
  return { head: [...figuresHead, ...(hasPeer ? peerHead : plainHead)], rows, notes: [...new Set(notes)] }
}

function figuresOf({ contestant: { name, threads, isCard }, steps, sentencesPerSecond, peakMb }: Result): Row {
  return [
    name,
    threads === null ? (isCard ? 'card' : 'own') : `${threads}`,
    ...[median(steps.flat()), least(steps.flat()), median(sentencesPerSecond), peakMb ?? Number.NaN].map(showWhole),
  ]
}

function peerRatios(result: Result, results: readonly Result[]): Row {
  const [decomposed, concatenated] = (['decomposed', 'concatenated'] as const).map((formulation) =>
    results.find(
      ({ contestant }) => contestant.name === peerName(formulation) && isMatch(result.contestant, contestant),
    ),
  )
  return [stepRatio(result, decomposed), stepRatio(result, concatenated), readRatio(result, decomposed)].map(showRatio)
}

/** Card against card, else as many threads; a library that takes what it likes against the most. */
function isMatch(own: Contestant, peer: Contestant): boolean {
  if (own.isCard || peer.isCard) return own.isCard && peer.isCard
  return own.threads === peer.threads
}

function plainRatios(result: Result, results: readonly Result[]): Row {
  const plain = results.find(({ contestant: { name, threads } }) => name === plainName && threads === 1)
  return [stepRatio(result, plain), readRatio(result, plain)].map(showRatio)
}

function stepRatio({ steps }: Result, other: Result | undefined): number {
  return ratioOf(steps.map(median), other?.steps.map(median) ?? [])
}

function readRatio({ sentencesPerSecond }: Result, other: Result | undefined): number {
  return ratioOf(sentencesPerSecond, other?.sentencesPerSecond ?? [])
}

const isPeer = ({ contestant }: Result): boolean => 'python' in contestant.process

const showWhole = (value: number): string => (Number.isNaN(value) ? '-' : value.toFixed(0))
const showRatio = (value: number): string => (Number.isNaN(value) ? '-' : value.toFixed(2))

/** Columns of one width, numbers to the right. */
export function tableToText({ head, rows }: Table): string {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: Row): string =>
    row.map((cell, at) => (at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ')
  return [head, ...rows].map((row) => `${line(row).trimEnd()}\n`).join('')
}

export function tableToMarkdown({ head, rows }: Table): string {
  const line = (row: Row): string => `| ${row.join(' | ')} |\n`
  return [head, head.map((_, at) => (at < 2 ? '---' : '---:')), ...rows].map(line).join('')
}
