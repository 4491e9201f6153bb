/** The acts of the editor as the command palette offers them: every action with its key, and every type for the selected words. */
import type { LabelSet } from '#main/labels/label-set'
import { actions, keyOf, type Keymap } from '#window/common/keys/actions.ts'
import type { Command } from '#window/common/keys/command.ts'
import type { PaletteCommand } from '#window/stores/acts.ts'

export function paletteActs(
  { entityTypes }: Pick<LabelSet, 'entityTypes'>,
  keymap: Keymap,
  run: (command: Command) => void,
): PaletteCommand[] {
  return [
    ...actions.map(({ name, group, title, command }) => ({
      ...{ label: title, group, key: keyOf(name, keymap) },
      run: () => run(command),
    })),
    ...entityTypes.map(({ name: label }) => ({
      ...{ label: `Label ${label}`, group: 'Selected words' },
      run: () => run({ name: 'label', label }),
    })),
  ]
}
