import { GRU } from '../../../worker/models/gru'
import { networkCases } from '../../support/network-cases'
import { packedCase } from '../../support/packed-case'

const SETTINGS = { length: 4, dim: 5 }

networkCases(GRU, SETTINGS)
packedCase(GRU, SETTINGS)
