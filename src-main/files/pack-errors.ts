/** Errors of packs and archives, as sentences for the person. */
import { AppError } from '#main/core/errors'
import { mostRatio } from './bomb.ts'
import type { Packing } from './magic.ts'

export function bombError(name: string): AppError {
  return new AppError(
    'invalid-input',
    `${name} unpacks to more than ${mostRatio} times its size, as no corpus does. If it is one, unpack it yourself and name the file that comes out.`,
  )
}

/**
 * The error for packed data that cannot be decoded; any other error stays as it is.
 * @param advice sentence that tells how to check the file.
 */
export function damagedPack(name: string, error: unknown, advice: string): unknown {
  const code = error instanceof Error ? String(Reflect.get(error, 'code') ?? '') : ''
  if (code === 'Z_BUF_ERROR')
    return new AppError(
      'invalid-input',
      `${name} is cut short: its packed data ends too early. Copy or download it again. ${advice}`,
    )
  if (code === 'ZSTD_error_frameParameter_windowTooLarge')
    return new AppError(
      'invalid-input',
      `${name} was packed with a window of more than 128 MB. Pack it again without --long or --ultra.`,
    )
  if (!/^(Z_|ZSTD_)/.test(code)) return error
  return new AppError(
    'invalid-input',
    `${name} is damaged: its packed data cannot be unpacked (${(error as Error).message}). Copy or download it again. ${advice}`,
  )
}

/** The error for an archive where a single file is read. */
export function archiveError(name: string, packing: Packing): AppError {
  const advice = {
    ...{
      zip: 'Name it .zip, or unpack it and name the folder.',
      tar: 'Unpack it and name the folder, or make it a .zip.',
    },
    ...{ '7z': 'Unpack it and name the folder.', rar: 'Unpack it and name the folder.' },
    ...{ bzip2: 'Unpack it with "bunzip2", or pack it with gzip.', xz: 'Unpack it with "unxz", or pack it with gzip.' },
    ...{ gzip: 'It is packed twice: unpack it once.', zstd: 'It is packed twice: unpack it once.' },
  }[packing]
  return new AppError('unsupported-format', `${name} is a ${packing} archive, which is not read as a file. ${advice}`)
}
