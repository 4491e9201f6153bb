/** espalier serve: serves the workbench to a browser on this machine. */
import type { Command } from 'commander'
import { AppError } from '#main/core/errors'
import { settingNamed } from '#main/runs/setting-values'
import { defaultWorkspace } from '#main/services/system/workspace-folder'
import { aboutLinks, offerFreshLinks } from '#main/shell-server/fresh-links'
import { runServer } from '#main/shell-server/main'
import { linkToOpen } from '#main/shell-server/open-program'
import { serveFolder, type ApiOptions } from '../serve-api.ts'
import type { GlobalOptions } from '../session.ts'
import { settingOption, type OptionRule } from '../setting-options.ts'

interface Options extends GlobalOptions, ApiOptions {
  readonly api?: string
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
    .option(
      '--api <folder>',
      'serve extraction with the folder of a model instead: POST /v1/extract, on loopback, with a token',
    )
    .option(
      '--token-file <file>',
      'with --api: file with the token (default: ESPALIER_API_TOKEN, or one that is made up)',
    )
    .addOption(settingOption(command, settingNamed('threads')).helpGroup('Options:'))
    .action(async ({ api, workspace: named, ...options }: Options) => {
      const { port, json } = options
      if (api !== undefined) {
        if (named !== undefined)
          throw new AppError(
            'invalid-input',
            '--api serves the folder of a model, which needs no workspace: leave --workspace out.',
          )
        return serveFolder(api, options)
      }
      if (options.tokenFile !== undefined || options.threads !== undefined)
        throw new AppError(
          'invalid-input',
          '--token-file and --threads go with --api. Leave them out, or name the folder of a model.',
        )
      const workspace = named ?? defaultWorkspace()
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
      process.exitCode = 0 // a server that was asked to stop did its work, whether or not somebody read what it printed
    })
}
