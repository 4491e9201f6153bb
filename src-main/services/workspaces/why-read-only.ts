/** Why nothing can be written into a workspace, for the shells. */
export { whyReadOnly } from '#main/storage/read-only-copy'
