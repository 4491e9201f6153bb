/** FamilyName: name of a family of models. Configs carry it; those without are of PMEI. */

export const familyNames = ['pmei', 'rin', 'grid', 'casrel'] as const
export type FamilyName = (typeof familyNames)[number]

/** A family beside PMEI. It has no variants. */
export type RivalName = Exclude<FamilyName, 'pmei'>

export const rivalNames = familyNames.filter((name): name is RivalName => name !== 'pmei')
