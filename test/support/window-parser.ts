/** The parser of the linter for the window's sources, which knows their types from one program, made once. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import tseslint from 'typescript-eslint'
import ts from 'typescript'
import * as vueParser from 'vue-eslint-parser'

/** What ESLint gives to a parser, as far as it matters here. */
interface Options {
  readonly project?: string | undefined
  readonly filePath?: string
}

/** Its own type says of options nothing at all. */
const { parseForESLint } = tseslint.parser as { parseForESLint(code: string, options: object): object }

const folder = path.resolve(import.meta.dirname, '..', '..', 'src-renderer')
let program: ts.Program | null = null

/**
 * By itself typescript-eslint makes another program for each component, and forgets the types that it knew: its own programs hold
 * the text of files, and that of a component is no TypeScript. A text that has changed since, by `--fix`, is left to it.
 */
export const windowParser = {
  parseForESLint(code: string, options: Options) {
    const isWhole = options.project !== undefined // not an expression of a template
    const known = isWhole ? (program ??= createWindowProgram()) : null
    const isKnown = known?.getSourceFile(options.filePath ?? '')?.text === code
    return parseForESLint(code, known && isKnown ? { ...options, project: undefined, programs: [known] } : options)
  },
}

function createWindowProgram(): ts.Program {
  const { config } = ts.readConfigFile(path.join(folder, 'tsconfig.json'), ts.sys.readFile) as { config: object }
  const components = { extension: '.vue', isMixedContent: true, scriptKind: ts.ScriptKind.Deferred }
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, folder, {}, undefined, undefined, [
    components,
  ])
  const host = ts.createCompilerHost(options, true)
  const { getSourceFile } = host
  host.getSourceFile = (name, ...rest) =>
    name.endsWith('.vue')
      ? ts.createSourceFile(name, scriptOf(name), rest[0], true, ts.ScriptKind.TS)
      : getSourceFile(name, ...rest)
  return ts.createProgram(fileNames, { ...options, allowNonTsExtensions: true }, host)
}

/** The script of a component as vue-eslint-parser puts it together. */
function scriptOf(file: string): string {
  let script = ''
  const parser = {
    parseForESLint(code: string, options: Options) {
      if (options.project !== undefined) script = code
      return parseForESLint(code, { ...options, project: undefined })
    },
  }
  vueParser.parseForESLint(readFileSync(file, 'utf8'), {
    ...{ filePath: file, sourceType: 'module', project: folder, parser },
  })
  return script
}
