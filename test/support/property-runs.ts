/** Number of texts, documents or acts that a property is tried on where it names none: each run draws others. */
import fc from 'fast-check'

fc.configureGlobal({ numRuns: 50 })
