/** YamlField: a value of a YAML file that knows its name and its line, and says both when it is not what it must be. */
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml'
import { AppError } from '#main/core/errors'
import { allows, whyRefused, type Rule } from '#main/runs/check-setting'
import type { SettingValue } from './plan.ts'

/**
 * The whole of a file as one field.
 * @throws AppError 'invalid-input' with the line where it is no YAML.
 */
export function readYaml(text: string, file: string): YamlField {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number): string => `${file}, line ${lines.linePos(offset).line}`
  const [broken] = document.errors
  if (broken) throw new AppError('invalid-input', `${at(broken.pos[0])}: ${firstSentence(broken.message)}`)
  return new YamlField(document.contents, '', at)
}

const firstSentence = (message: string): string => `${message.split('\n')[0]?.replace(/[.:]*$/, '') ?? message}.`

export class YamlField {
  readonly #node: Node | null
  readonly #path: string
  readonly #at: (offset: number) => string

  constructor(node: unknown, path: string, at: (offset: number) => string) {
    this.#node = node as Node | null // parseDocument yields nodes
    this.#path = path
    this.#at = at
  }

  get isMap(): boolean {
    return isMap(this.#node)
  }

  /** @throws AppError that begins with the place and the name of the field. */
  refuse(reason: string): never {
    const place = this.#at(this.#node?.range?.[0] ?? 0)
    throw new AppError(
      'invalid-input',
      `${place}: ${this.#path === '' ? 'the experiment' : `"${this.#path}"`} ${reason}`,
    )
  }

  /** The fields of a map; a name that is none of them is refused, and those to choose from are told. */
  fieldsOf<Name extends string>(
    names: readonly Name[],
    told: readonly string[] = names,
  ): Partial<Record<Name, YamlField>> {
    const node = this.#node
    if (!isMap(node)) return this.refuse(`must hold fields: ${names.join(', ')}.`)
    const found: Partial<Record<Name, YamlField>> = {}
    for (const { key, value } of node.items) {
      const written = isScalar(key) ? String(key.value) : ''
      const name = names.find((known) => known === written)
      const field = new YamlField(value ?? key, this.#path === '' ? written : `${this.#path}.${written}`, this.#at)
      if (name === undefined) field.refuse(`is not known here. Known are: ${told.join(', ')}.`)
      else found[name] = field
    }
    return found
  }

  /** The items of a list; one value stands for a list of it. */
  list(): YamlField[] {
    const node = this.#node
    if (!isSeq(node)) return [this]
    if (node.items.length === 0) this.refuse('is an empty list. Leave it out, or list at least one value.')
    return node.items.map((item) => new YamlField(item, this.#path, this.#at))
  }

  text(): string {
    const value = this.#value()
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : this.refuse('must be a text.')
  }

  textOrNull(): string | null {
    return this.#value() === null ? null : this.text()
  }

  yesOrNo(): boolean {
    const value = this.#value()
    return typeof value === 'boolean' ? value : this.refuse('must be true or false.')
  }

  oneOf<Name extends string>(names: readonly Name[]): Name {
    const value = this.#value()
    return (
      names.find((known) => known === value) ??
      this.refuse(`is ${JSON.stringify(value)}, which is none of: ${names.join(', ')}.`)
    )
  }

  allowed(rule: Rule): SettingValue {
    const value = this.#value()
    return allows(rule, value) ? (value as SettingValue) : this.refuse(`is not allowed. ${whyRefused(rule, value)}`)
  }

  #value(): unknown {
    return isScalar(this.#node) ? this.#node.value : this.refuse('must be one value.')
  }
}
