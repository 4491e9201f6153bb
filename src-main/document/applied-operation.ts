/** An operation with the annotation that it led to. */
import type { Annotation } from './annotation.ts'
import type { Operation } from './operation.ts'

export interface AppliedOperation {
  readonly operation: Operation
  readonly annotation: Annotation
}
