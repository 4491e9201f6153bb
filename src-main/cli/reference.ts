/** The reference of the command line as Markdown, made from the commands themselves: docs/commands.md. */
import type { Argument, Command, Option } from 'commander'
import { exitStatuses } from './run-program.ts'

/** @param program its subcommands are described in their order, those of a subcommand under it. */
export function referenceOf(program: Command): string {
  const described = commandsBelow(program).flatMap((command) => describe(command, program.name()))
  return [
    '# Commands',
    '',
    'Made from the commands by `npm run reference`; `espalier help COMMAND` says the same. In a clone type `npm run -s espalier --` in place of `espalier`.',
    '',
    'Every command takes `--workspace FOLDER` (without it, the data folder of the program) and `--json`, which prints results as JSON on standard output, and `--log LEVEL` (error, warn, info or debug).',
    '',
    exitStatuses.trim().replaceAll('\n', ' '),
    ...described,
    '',
  ].join('\n')
}

function commandsBelow(command: Command): readonly Command[] {
  return command.commands.flatMap((each) => [each, ...commandsBelow(each)])
}

/** Names of a command from the program on: "model export". */
function nameOf(command: Command, program: string): string {
  const { parent } = command
  return parent && parent.name() !== program ? `${nameOf(parent, program)} ${command.name()}` : command.name()
}

function describe(command: Command, program: string): readonly string[] {
  const help = command.createHelp()
  const name = nameOf(command, program)
  return [
    ...['', `## ${name}`, ''],
    sentence(command.description()),
    ...['', '```', `${program} ${name} ${command.usage()}`.trim(), '```'],
    ...listOf(help.visibleArguments(command).map(describeArgument)),
    ...[...groupsOf(help.visibleOptions(command))].flatMap(([heading, options]) => [
      ...(heading === '' ? [] : ['', `**${heading.replace(/:$/, '')}**`]),
      ...listOf(options.map(describeOption)),
    ]),
  ]
}

const ofEveryCommand: readonly unknown[] = ['--help', '--workspace', '--json', '--log']

/** Options by their headings, those without one first. */
function groupsOf(options: readonly Option[]): ReadonlyMap<string, readonly Option[]> {
  const shown = options.filter(({ long }) => !ofEveryCommand.includes(long))
  return Map.groupBy(shown, ({ helpGroupHeading }) => helpGroupHeading ?? '')
}

const listOf = (lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : ['', ...lines])

function describeArgument(argument: Argument): string {
  return `- \`${argument.name()}\`: ${escape(argument.description)}`
}

function describeOption({ flags, description, argChoices, defaultValue }: Option): string {
  const notes = [
    ...(argChoices ? [`one of ${argChoices.map((choice) => `\`${choice}\``).join(', ')}`] : []),
    ...(isTold(defaultValue) ? [`default \`${String(defaultValue)}\``] : []),
  ]
  return `- \`${flags}\`: ${escape(description)}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`
}

const isTold = (value: unknown): value is string | number =>
  (typeof value === 'string' && value !== '') || typeof value === 'number'

const sentence = (text: string): string => escape(text.charAt(0).toUpperCase() + text.slice(1)) + '.'

/** The text with a backslash before each character that Markdown would take for its own. */
const escape = (text: string): string => text.replaceAll(/[<>*|_]/g, '\\$&')
