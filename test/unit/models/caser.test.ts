import { CASER } from '../../../worker/models/caser'
import { networkCases } from '../../support/network-cases'

networkCases(CASER, { length: 4, dim: 5, filters: 3, columns: 2 })
