variable "region" {
  description = "Where everything is."
  type        = string
  default     = "us-east-1"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "A region is written as us-east-1."
  }
}

variable "environment" {
  description = "Which of several installations this is."
  type        = string

  validation {
    condition     = contains(["dev", "staging", "prod"], var.environment)
    error_message = "An environment is dev, staging or prod."
  }
}

variable "name" {
  description = "What all names begin with."
  type        = string
  default     = "portalis"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,18}[a-z0-9]$", var.name))
    error_message = "A name has 3 to 20 small letters, digits and dashes."
  }
}

variable "vpc_cidr" {
  description = "The addresses of the network: a /20 or larger."
  type        = string
  default     = "10.0.0.0/16"

  validation {
    condition     = can(cidrhost(var.vpc_cidr, 0)) && try(tonumber(split("/", var.vpc_cidr)[1]) <= 20, false)
    error_message = "Addresses are written as 10.0.0.0/16, a /20 or larger."
  }
}

variable "zones" {
  description = "The availability zones that are used, by name: where nodes are must not change by itself."
  type        = list(string)
  default     = ["us-east-1a", "us-east-1b", "us-east-1c"]

  validation {
    condition     = length(var.zones) >= 2 && length(var.zones) <= 4 && alltrue([for each in var.zones : startswith(each, var.region)])
    error_message = "Two to four zones of the region: Redis fails over from one to another."
  }
}

variable "single_nat_gateway" {
  description = "One NAT gateway for all zones: cheaper, and gone with its zone."
  type        = bool
  default     = false
}

variable "redis_node_type" {
  description = "What each node of Redis runs on."
  type        = string
  default     = "cache.r6g.large"

  validation {
    condition     = startswith(var.redis_node_type, "cache.")
    error_message = "Node types of ElastiCache begin with cache."
  }
}

variable "redis_nodes" {
  description = "A primary and its replicas."
  type        = number
  default     = 3

  validation {
    condition     = var.redis_nodes >= 2 && var.redis_nodes <= 6
    error_message = "Two to six nodes: with one there is nothing to fail over to."
  }
}

variable "instance_types" {
  description = "What the autoscaler may launch."
  type        = list(string)
  default     = ["c7i.large", "c7i.4xlarge", "g4dn.xlarge", "p4d.24xlarge", "p4de.24xlarge", "p5.48xlarge"]

  validation {
    condition     = length(var.instance_types) > 0 && alltrue([for each in var.instance_types : can(regex("^[a-z0-9-]+\\.[a-z0-9]+$", each))])
    error_message = "Instance types are those of EC2, as p4de.24xlarge."
  }
}

variable "monthly_budget_usd" {
  description = "What all of it may cost a month."
  type        = number
  default     = 5000

  validation {
    condition     = var.monthly_budget_usd > 0
    error_message = "A budget is above zero."
  }
}

variable "alert_emails" {
  description = "Who is told at 80 % and 100 % of the budget."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for each in var.alert_emails : can(regex("^[^@ ]+@[^@ ]+$", each))])
    error_message = "An address has one @."
  }
}

variable "force_destroy" {
  description = "Whether destroy takes buckets that hold something."
  type        = bool
  default     = false
}
