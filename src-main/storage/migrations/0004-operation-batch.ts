/** Operations on several sentences that were one act share a number, so that they are taken back together. */
import type { Migration } from './migration.ts'

export const operationBatch: Migration = {
  name: '0004-operation-batch',
  sql: `ALTER TABLE operation ADD COLUMN batch INTEGER;
        CREATE INDEX operation_batch ON operation (batch) WHERE batch IS NOT NULL`,
}
