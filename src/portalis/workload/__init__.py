"""The clerk: records facts, decides by pure functions, tells adapters what to do.

submit -> units ready -> lease (attempt, fence) -> executor -> events -> tick
       -> changes and orders -> one commit -> outbox -> ports
"""
