/** What `espalier train` makes of its options; nothing is trained. */
import { Command, CommanderError } from 'commander'
import { addTrain, type TrainOptions } from '#main/cli/commands/train'

/** The options, or the complaint. */
export function trainOptions(...args: string[]): TrainOptions | string {
  let complaint = ''
  const train = addTrain(new Command())
    .exitOverride()
    .configureOutput({ writeErr: (text) => (complaint += text) })
  try {
    return train
      .action(() => undefined)
      .parse(['A', '--variant', 'mtl', ...args], { from: 'user' })
      .opts()
  } catch (error) {
    if (error instanceof CommanderError) return complaint
    throw error
  }
}
