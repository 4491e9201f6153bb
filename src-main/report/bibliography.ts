/** Bibliography: BibTeX of what a report cites: the methods of its tests, and the sources of published figures. */

interface Entry {
  readonly key: string
  /** As it is listed. */
  readonly shown: string
  readonly bibtex: string
}

/** Methods of every report. */
const methods: readonly Entry[] = [
  {
    key: 'efron1993',
    shown: 'B. Efron and R. J. Tibshirani. An Introduction to the Bootstrap. Chapman and Hall, 1993.',
    bibtex: `@book{efron1993,
  author = {Efron, Bradley and Tibshirani, Robert J.},
  title = {An Introduction to the Bootstrap},
  publisher = {Chapman and Hall},
  year = {1993}
}`,
  },
  {
    key: 'sellam2022',
    shown:
      'T. Sellam et al. The MultiBERTs: BERT Reproductions for Robustness Analysis. ICLR 2022. (Bootstrap over sentences and seeds.)',
    bibtex: `@inproceedings{sellam2022,
  author = {Sellam, Thibault and others},
  title = {The {MultiBERTs}: {BERT} Reproductions for Robustness Analysis},
  booktitle = {International Conference on Learning Representations},
  year = {2022}
}`,
  },
  {
    key: 'noreen1989',
    shown: 'E. W. Noreen. Computer-Intensive Methods for Testing Hypotheses. Wiley, 1989. (Approximate randomisation.)',
    bibtex: `@book{noreen1989,
  author = {Noreen, Eric W.},
  title = {Computer-Intensive Methods for Testing Hypotheses: An Introduction},
  publisher = {Wiley},
  year = {1989}
}`,
  },
  {
    key: 'holm1979',
    shown:
      'S. Holm. A Simple Sequentially Rejective Multiple Test Procedure. Scandinavian Journal of Statistics 6(2), 65–70, 1979.',
    bibtex: `@article{holm1979,
  author = {Holm, Sture},
  title = {A Simple Sequentially Rejective Multiple Test Procedure},
  journal = {Scandinavian Journal of Statistics},
  volume = {6},
  number = {2},
  pages = {65--70},
  year = {1979}
}`,
  },
  {
    key: 'wilson1927',
    shown:
      'E. B. Wilson. Probable Inference, the Law of Succession, and Statistical Inference. Journal of the American Statistical Association 22(158), 209–212, 1927.',
    bibtex: `@article{wilson1927,
  author = {Wilson, Edwin B.},
  title = {Probable Inference, the Law of Succession, and Statistical Inference},
  journal = {Journal of the American Statistical Association},
  volume = {22},
  number = {158},
  pages = {209--212},
  year = {1927}
}`,
  },
]

/** The model, and the papers that published figures are taken from, by how their sources begin. */
const papers: readonly (Entry & { readonly source: string })[] = [
  {
    source: 'PMEI paper',
    key: 'sun2021',
    shown:
      'K. Sun, R. Zhang, S. Mensah, Y. Mao and X. Liu. Progressive Multi-task Learning with Controlled Information Flow for Joint Entity and Relation Extraction. AAAI 2021.',
    bibtex: `@inproceedings{sun2021,
  author = {Sun, Kai and Zhang, Richong and Mensah, Samuel and Mao, Yongyi and Liu, Xudong},
  title = {Progressive Multi-task Learning with Controlled Information Flow for Joint Entity and Relation Extraction},
  booktitle = {Proceedings of the AAAI Conference on Artificial Intelligence},
  year = {2021}
}`,
  },
  {
    source: 'RIN paper',
    key: 'sun2020',
    shown:
      'K. Sun, R. Zhang, S. Mensah, Y. Mao and X. Liu. Recurrent Interaction Network for Jointly Extracting Entities and Classifying Relations. EMNLP 2020.',
    bibtex: `@inproceedings{sun2020,
  author = {Sun, Kai and Zhang, Richong and Mensah, Samuel and Mao, Yongyi and Liu, Xudong},
  title = {Recurrent Interaction Network for Jointly Extracting Entities and Classifying Relations},
  booktitle = {Proceedings of the Conference on Empirical Methods in Natural Language Processing},
  year = {2020}
}`,
  },
  {
    source: 'IPED paper',
    key: 'zhao2024',
    shown:
      'J. Zhao, C. Xu and B. Jiang. IPED: An Implicit Perspective for Relational Triple Extraction based on Diffusion Model. NAACL 2024.',
    bibtex: `@inproceedings{zhao2024,
  author = {Zhao, Jianli and Xu, Changhao and Jiang, Bin},
  title = {{IPED}: An Implicit Perspective for Relational Triple Extraction based on Diffusion Model},
  booktitle = {Proceedings of the Conference of the North American Chapter of the Association for Computational Linguistics},
  year = {2024}
}`,
  },
]

export interface Cited {
  /** Sources of the published figures that stand in the report. */
  readonly sources: readonly string[]
}

/** The model of the paper is always cited, its methods too; other papers where a figure is theirs. */
export function bibliographyOf({ sources }: Cited): Entry[] {
  const cited = papers.filter(
    ({ source }) => source === 'PMEI paper' || sources.some((found) => found.startsWith(source)),
  )
  return [...cited, ...methods]
}
