/** Several people on one corpus in the contract: how far they agree, and packages that go out to them and come back. */
import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { PackageManifest } from '#main/document/assignment'
import { layerKinds, type Layer } from '#main/document/layer'
import type { MergeReport } from '#main/document/merge-report'
import type { AgreementReport } from '#main/evaluation/agreement/report'
import { fileReference } from './imports.ts'
import { corpusId, sentenceSelection } from './shared.ts'

const layer = z.object({ kind: z.enum(layerKinds), name: z.string().min(1) })

/** A layer of a corpus with the number of its sentences. */
export interface ShownLayer extends Layer {
  readonly sentences: number
}

/** A package that was written for somebody, and the latest return of it that was merged. */
export interface ShownAssignment extends Omit<PackageManifest, 'returned'> {
  readonly merged: PackageManifest['returned']
}

/** A package that waits to be fetched with `corpora.readDownload`. */
export interface PackageDownload {
  readonly manifest: PackageManifest
  readonly downloadId: string
  readonly fileName: string
}

export interface OpenedPackage {
  readonly corpusId: number
  readonly name: string
  readonly manifest: PackageManifest
}

const packageId = z.string().min(1)
const person = z.string().trim().min(1, 'a person needs a name').max(120)
const path = z.string().min(1)

export const team = {
  /** The layers of a corpus; its own annotation is the last, named "gold". */
  layers: oc.input(z.object({ corpusId })).output(type<ShownLayer[]>()),
  /** Agreement of these layers; of all annotators for null. */
  agreement: oc
    .input(
      z.object({
        corpusId,
        layers: z.array(layer).max(20).readonly().nullable().default(null),
        seed: z.int().min(0).default(1),
      }),
    )
    .output(type<AgreementReport>()),
  /** Deals sentences out to people, a package each; `writePackage` or `preparePackage` write their files. */
  assign: oc
    .input(
      z.object({
        corpusId,
        selection: sentenceSelection,
        people: z
          .array(person)
          .min(1)
          .max(50)
          .readonly()
          .refine((names) => new Set(names).size === names.length, 'name each person once'),
        /** Share of the sentences that everyone gets; the others go to one person each. */
        overlap: z.number().min(0).max(1),
        seed: z.int().min(0).default(1),
        /** Does everyone see what the corpus says of the sentences? */
        withGold: z.boolean().default(false),
      }),
    )
    .output(type<PackageManifest[]>()),
  /** The packages of a corpus, latest first. */
  assignments: oc.input(z.object({ corpusId })).output(type<ShownAssignment[]>()),
  /** Forgets a package; what was merged of it stays, and a further return of it is refused. */
  removeAssignment: oc.input(z.object({ packageId })).output(type<void>()),
  /** Writes the file of a package, a zip archive, all of it or nothing. */
  writePackage: oc.input(z.object({ packageId, path })).output(type<PackageManifest>()),
  preparePackage: oc.input(z.object({ packageId })).output(type<PackageDownload>()),
  /** Opens a package that somebody else wrote as a corpus. */
  openPackage: oc
    .input(z.object({ file: fileReference, corpus: z.string().trim().min(1).optional() }))
    .output(type<OpenedPackage>()),
  /** The package that a corpus was opened from; null for any other. */
  package: oc.input(z.object({ corpusId })).output(type<PackageManifest | null>()),
  /** Writes what was annotated in a corpus that was opened from a package, to be merged where the package came from. */
  writeReturn: oc.input(z.object({ corpusId, path })).output(type<PackageManifest>()),
  prepareReturn: oc.input(z.object({ corpusId })).output(type<PackageDownload>()),
  /** Merges a returned package as the layer of its person: looks only, takes all or nothing, or leaves out what cannot be merged. */
  merge: oc
    .input(z.object({ corpusId, file: fileReference, how: z.enum(['preview', 'whole', 'without-conflicts']) }))
    .output(type<MergeReport>()),
}
