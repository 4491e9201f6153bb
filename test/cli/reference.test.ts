/** docs/commands.md says what the commands say. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Command, Option } from 'commander'
import { expect, it } from 'vitest'
import { createProgram } from '#main/cli/create-program'
import { referenceOf } from '#main/cli/reference'

it('the reference is that of the present commands: npm run reference writes it', () => {
  const file = path.resolve(import.meta.dirname, '..', '..', 'docs', 'commands.md')
  expect(readFileSync(file, 'utf8')).toBe(referenceOf(createProgram()))
})

it('it has arguments, choices, defaults and groups of every command, those of a command in a command too', () => {
  const program = new Command('tool')
  const model = program.command('model').description('look after models')
  model
    .command('export')
    .description('write a <model>')
    .argument('<run>', 'which run')
    .addOption(new Option('--size <n>', 'how large').choices(['a', 'b']).default('a'))
    .optionsGroup('Rarely:')
    .option('--all', 'everything')
  const reference = referenceOf(program)
  expect(reference).toContain('## model\n\nLook after models.')
  expect(reference).toContain('## model export\n\nWrite a \\<model\\>.\n\n```\ntool model export [options] <run>\n```')
  expect(reference).toContain('- `run`: which run')
  expect(reference).toContain('- `--size <n>`: how large (one of `a`, `b`; default `a`)')
  expect(reference).toContain('**Rarely**\n\n- `--all`: everything')
  expect(reference).not.toContain('--help')
})
