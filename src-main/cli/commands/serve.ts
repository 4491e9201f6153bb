/** espalier serve: serves the workbench to a browser on this machine. */
import type { Command } from 'commander'
import { defaultWorkspace } from '#main/services/system/workspace-folder'
import { aboutLinks, offerFreshLinks } from '#main/shell-server/fresh-links'
import { runServer } from '#main/shell-server/main'
import { linkToOpen } from '#main/shell-server/open-program'
import type { GlobalOptions } from '../session.ts'
import { settingOption, type OptionRule } from '../setting-options.ts'

interface Options extends GlobalOptions {
  readonly port?: number
}

const portRule: OptionRule = {
  ...{ label: 'Port', flag: '--port', kind: 'whole', least: 0, most: 65_535 },
  hint: 'Port on the loopback interface; 0 takes a free one (default: the one of the last time, or 41527)',
}

export function addServe(program: Command): Command {
  const command = program.command('serve')
  return command
    .description('serve the workbench to a browser on this machine, or print a link to the one that is served already')
    .addOption(settingOption(command, portRule))
    .action(async ({ port, workspace = defaultWorkspace(), json }: Options) => {
      const print = (url: string): void =>
        void process.stdout.write(json ? `${JSON.stringify({ url })}\n` : `Open ${url}\n`)
      const link = await linkToOpen(workspace)
      if (link !== null) {
        process.stderr.write('Espalier has this workspace open already.\n')
        return print(link)
      }
      const { server, stopped } = await runServer({ workspace, port: port ?? null })
      print(server.createUrl())
      process.stderr.write(`${aboutLinks}\n`)
      const stopOffering = offerFreshLinks(() => print(server.createUrl()))
      await stopped.finally(stopOffering)
    })
}
