/** The desktop shell, where the window is in one: its dialogs, and the commands that come from its menu and from the system. */
import type { ContractRouterClient } from '@orpc/contract'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { desktop as contract, DesktopCommand, PlaceKind } from '#main/api/desktop'

type Desktop = ContractRouterClient<typeof contract>

const desktop: Desktop | null = window.espalier ? openDesktop() : null

/** Whether the system's dialogs can be shown. A browser shows none for places on the machine. */
export const hasDialogs = desktop !== null

function openDesktop(): Desktop {
  const { port1, port2 } = new MessageChannel()
  window.postMessage({ type: 'espalier-desktop' }, location.origin, [port2])
  port1.start()
  return createORPCClient(new RPCLink({ port: port1 }))
}

/** Lets the person choose a place of the machine; null when they chose none. */
export async function choosePlace(kind: PlaceKind, title: string, near: string): Promise<string | null> {
  return desktop === null ? null : desktop.choosePlace({ kind, title, near })
}

/** Hands on every command for as long as the window is there. */
export async function followDesktop(listener: (command: DesktopCommand) => void): Promise<void> {
  if (desktop === null) return
  for await (const command of await desktop.commands()) listener(command)
}
