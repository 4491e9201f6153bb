/** Packs the program with electron-builder, whose words follow those of `npm run package --`, and stamps it with the time of its commit. */
import { spawn } from 'node:child_process'
import path from 'node:path'
import { stampOf } from './stamp.ts'

const root = path.resolve(import.meta.dirname, '..', '..')
const { sourceDate } = stampOf(root)
const builder = path.join(root, 'node_modules', 'electron-builder', 'cli.js')
const words = process.argv.slice(2)
const env = { ...process.env, ...(sourceDate === null ? {} : { SOURCE_DATE_EPOCH: String(sourceDate) }) }
const packing = spawn(process.execPath, [builder, ...words], { cwd: root, env, stdio: 'inherit' })
packing.once('exit', (code) => (process.exitCode = code ?? 1))
