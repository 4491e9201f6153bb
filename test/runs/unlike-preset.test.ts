/** What a run says where its settings are not those that its preset gives. */
import { expect, it } from 'vitest'
import type { PresetName } from '#main/runs/presets'
import { presets, valuesOf } from '#main/runs/presets'
import { describeUnlikePreset } from '#main/runs/unlike-preset'
import { usualValues } from '#main/runs/setting-values'
import { makeRun } from '../support/renderer-runs.ts'

function ofPreset(preset: PresetName, changes: object = {}) {
  const { config, data } = makeRun('pmei', 1)
  const training = { ...usualValues('training', 'seed'), ...valuesOf(preset, data.splits.train.sentences), ...changes }
  return { data, config: { ...config, preset, training: { ...config.training, ...training } } }
}

it('names nothing where every setting is what the preset gives for the size of train', () => {
  for (const preset of Object.keys(presets) as PresetName[]) expect(describeUnlikePreset(ofPreset(preset))).toBe(null)
})

it('names each other setting with the value of the preset, whether it was chosen or the preset has changed', () => {
  expect(describeUnlikePreset(ofPreset('paper', { dropout: 0.5, alpha: 1 }))).toMatch(
    /^These settings are not what the preset paper gives today .*: .*0\.5 \(0\.3\).*1 \(0\.001\)/,
  )
})

it('says that a preset is gone', () => {
  const { config, data } = ofPreset('paper')
  expect(describeUnlikePreset({ data, config: { ...config, preset: 'former' as PresetName } })).toBe(
    'This version of Espalier has no preset "former": the settings are those of the run.',
  )
})
