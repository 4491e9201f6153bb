/** espalier serve: serves the workbench to a browser on this machine. */
import type { Command } from 'commander'
import { runServer } from '#main/shell-server/main'
import { defaultWorkspace } from '#main/services/system/workspace-folder'
import type { GlobalOptions } from '../session.ts'
import { settingOption, type OptionRule } from '../setting-options.ts'

interface Options extends GlobalOptions {
  readonly port: number
}

const portRule: OptionRule = {
  ...{ label: 'Port', flag: '--port', kind: 'whole', least: 0, most: 65_535 },
  hint: 'Port on the loopback interface; 0 takes a free one',
}

export function addServe(program: Command): Command {
  const command = program.command('serve')
  return command
    .description('serve the workbench to a browser on this machine')
    .addOption(settingOption(command, portRule).default(0))
    .action(async ({ port, workspace, json }: Options) => {
      const server = await runServer({ workspace: workspace ?? defaultWorkspace(), port })
      process.stdout.write(json ? `${JSON.stringify({ url: server.url })}\n` : `Open ${server.url}\n`)
      await server.stopped
    })
}
